// Light or dark by hand, the question before a deletion, copying a digest, closing menus. A page can be read without it.
(function () {
    'use strict';

    function dark() {
        var chosen = document.documentElement.dataset.scheme;
        return chosen === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
    }

    function label(button) {
        button.textContent = dark() ? button.dataset.light : button.dataset.dark;
    }

    function choose(button) {
        var next = dark() ? 'light' : 'dark';
        document.documentElement.dataset.scheme = next;
        document.cookie = 'coffer-scheme=' + next + '; path=/; max-age=31536000; samesite=lax';
        label(button);
    }

    function copy(button) {
        navigator.clipboard.writeText(button.dataset.copy).then(function () {
            button.textContent = button.dataset.copied;
        });
    }

    var asked = null;
    var sure = null;

    function ask(button) {
        asked = button;
        var yes = document.querySelector('[data-yes]');
        document.querySelector('[data-words]').textContent = button.dataset.question;
        document.querySelector('#sure .ui-dialog-title').textContent = button.dataset.title;
        yes.textContent = button.textContent;
        yes.classList.toggle('danger', button.classList.contains('danger'));
        var dialog = PF('sure');
        dialog.cfg.onHide = back;
        dialog.show();
        dialog.focusedElementBeforeDialogOpened = null; // It would be given the focus late, whoever has it by then.
        document.querySelector('[data-no]').focus();
    }

    function shut(menu) {
        menu.open = false;
        menu.querySelector('summary').focus();
    }

    // To what was pressed for the question, or to what opens its menu.
    function back() {
        var menu = asked.closest('details.menu');
        if (menu) {
            shut(menu);
        } else {
            asked.focus();
        }
    }

    // A double click sends once.
    document.addEventListener('submit', function (event) {
        if (event.target.dataset.sent) {
            event.preventDefault();
        }
        event.target.dataset.sent = 'yes';
    });
    // A page that the browser kept for "back" tells how things were: it is asked for anew.
    window.addEventListener('pageshow', function (event) {
        if (event.persisted) {
            location.reload();
        }
        document.querySelectorAll('form[data-sent]').forEach(function (form) {
            delete form.dataset.sent;
        });
    });

    // What goes on is looked at again, while it is to be seen and nobody has opened anything in it.
    function follow() {
        var region = document.querySelector('[data-live]');
        var pause = region ? Number(region.dataset.live) : 0;
        if (pause) {
            setTimeout(document.hidden || region.querySelector('details[open]') ? follow : refresh, pause);
        }
    }

    // Where the focus was is where it stays.
    function sameAs(held) {
        var name = held.id ? 'id' : held.name ? 'name' : 'href';
        var value = held.name && !held.id ? '[value="' + CSS.escape(held.value) + '"]' : '';
        return '[' + name + '="' + CSS.escape(held.getAttribute(name) || '') + '"]' + value;
    }

    function refresh() {
        fetch(location.href).then(function (answer) {
            if (answer.redirected) {
                location.assign(answer.url); // The session has ended: the sign-in page says why.
            }
            return answer.redirected ? null : answer.text();
        }).then(function (text) {
            if (text === null) {
                return;
            }
            var next = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-live]');
            var region = document.querySelector('[data-live]');
            var held = document.activeElement;
            if (!next) {
                location.reload(); // The page is not what it was: let the server say so.
                return;
            }
            region.replaceWith(next);
            if (held && !held.isConnected) {
                var again = next.querySelector(sameAs(held));
                if (again) {
                    again.focus();
                }
            }
            follow();
        }, follow);
    }

    document.addEventListener('DOMContentLoaded', function () {
        var posted = document.querySelector('main').dataset.posted;
        follow();
        document.querySelectorAll('[data-scheme-button]').forEach(label);
        matchMedia('(prefers-color-scheme: dark)').addEventListener('change', function () {
            document.querySelectorAll('[data-scheme-button]').forEach(label);
        });
        if (posted) {
            history.replaceState(null, '', posted); // To look again is not to send again.
        }
    });

    document.addEventListener('click', function (event) {
        var scheme = event.target.closest('[data-scheme-button]');
        var digest = event.target.closest('[data-copy]');
        var asks = event.target.closest('[data-question]');
        if (scheme) {
            choose(scheme);
        } else if (digest) {
            copy(digest);
        } else if (asks && asks !== sure) {
            event.preventDefault();
            ask(asks);
        } else if (event.target.closest('[data-no]')) {
            PF('sure').hide();
        } else if (event.target.closest('[data-yes]') && asked) {
            sure = asked;
            asked.click();
        }
        document.querySelectorAll('details.menu[open]').forEach(function (menu) {
            if (!menu.contains(event.target)) {
                menu.open = false;
            }
        });
    });

    document.addEventListener('keydown', function (event) {
        var menu = event.key === 'Escape' && event.target.closest('details.menu[open]');
        if (menu) {
            shut(menu);
        }
    });

    // Whoever tabs on leaves no menu open in front of what comes next.
    document.addEventListener('focusout', function (event) {
        var menu = event.target.closest('details.menu[open]');
        var next = event.relatedTarget;
        if (menu && next && !menu.contains(next) && !next.closest('.ui-dialog')) {
            menu.open = false;
        }
    });
}());
