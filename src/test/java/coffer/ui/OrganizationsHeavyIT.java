package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Every page about organizations and people for every role, language, scheme and width. */
class OrganizationsHeavyIT {

    @ParameterizedTest
    @ValueSource(strings = {"super-admin", "admin", "support", "reader"})
    void every_page_is_for_every_role(String role) {
        var owner = PageSite.owner();
        var reseller = PageSite.organization("reseller", owner, "Tutte le viste di " + role);
        var customer = PageSite.organization("customer", reseller, "Cliente di " + role);
        var other = PageSite.account(customer, "support", "reader");
        var person = PageSite.account(role.equals("super-admin") ? owner : reseller, role);
        List<String> wrong;
        try (var browser = Chromium.start()) {
            var judge = new Judge(browser);
            browser.signIn(person.username(), People.PASSWORD);
            for (var language : List.of("en", "it")) {
                for (var path : paths(role, reseller, customer, other)) {
                    var words =
                            path.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "")
                                    .replaceAll("[^a-z]+", "-");
                    judge.everywhere(path, "heavy-" + role + words + language);
                }
                browser.open("/ui/account.xhtml");
                browser.go("[id='frame:other']");
            }
            wrong = judge.wrong();
        }

        assertThat(wrong).isEmpty();
    }

    private static List<String> paths(
            String role, UUID reseller, UUID customer, People.Account person) {
        var one = "/ui/organization.xhtml?id=" + customer;
        var paths =
                new ArrayList<>(
                        List.of(
                                "/ui/organizations.xhtml",
                                "/ui/organizations.xhtml?search=o",
                                "/ui/organization.xhtml?id=" + reseller,
                                "/ui/organization.xhtml?id=" + reseller + "&do=create-below",
                                one + "&do=rename",
                                one + "&do=set-policy",
                                one + "&do=move",
                                one + "&do=hold",
                                "/ui/account.xhtml"));
        if (!role.equals("support")) { // It sees no people.
            var them = "/ui/person.xhtml?id=" + person.id();
            paths.addAll(List.of("/ui/people.xhtml", them, them + "&do=update", them + "&do=move"));
        }
        if (role.endsWith("admin")) {
            paths.add("/ui/new-person.xhtml?organization=" + customer);
        }
        return paths;
    }
}
