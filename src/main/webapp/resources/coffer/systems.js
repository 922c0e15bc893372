// A reload of the answer that tells a secret must not make another one: it leads to the system instead.
(function () {
    'use strict';

    function once() {
        var told = document.querySelector('[data-once]');
        if (told) {
            history.replaceState(null, '', told.dataset.once);
        }
    }

    if (document.readyState === 'loading') {
        document.addEventListener('DOMContentLoaded', once);
    } else {
        once();
    }
}());
