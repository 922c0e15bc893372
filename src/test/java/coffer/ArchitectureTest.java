package coffer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import jakarta.ws.rs.HttpMethod;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.TreeSet;

/** The ladder: a folder uses only folders to its left, and a few tools live in one folder each. */
class ArchitectureTest {

    /** From the bottom; a new rung is an ADR in {@code docs/adr}. */
    private static final List<String> LADDER =
            List.of(
                    "platform",
                    "id",
                    "storage",
                    "audit",
                    "organization",
                    "access",
                    "people",
                    "alert",
                    "job",
                    "appliance",
                    "quota",
                    "retention",
                    "backup",
                    "intake",
                    "fleet",
                    "upkeep",
                    "legacy",
                    "source",
                    "plan",
                    "restore",
                    "erasure",
                    "ui");

    private static final JavaClasses COFFER =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("coffer");

    @Test
    void every_folder_stands_on_the_ladder() {
        var folders = new TreeSet<String>();

        COFFER.forEach(type -> folders.add(folder(type)));

        assertThat(LADDER).containsAll(folders);
    }

    @Test
    void a_folder_uses_only_folders_to_its_left() {
        classes().should(useOnlyLowerRungs()).check(COFFER);
    }

    @Test
    void folders_have_no_cycles() {
        slices().matching("coffer.(*)..").should().beFreeOfCycles().check(COFFER);
    }

    @Test
    void the_object_store_sdk_lives_in_storage() {
        onlyIn("storage", "software.amazon.awssdk..");
    }

    @Test
    void jedis_lives_in_the_platform() {
        onlyIn("platform", "redis.clients..");
    }

    @Test
    void tokens_are_made_and_read_by_people() {
        onlyIn("people", "com.nimbusds..");
    }

    @Test
    void faces_live_in_the_pages() {
        onlyIn("ui", "jakarta.faces..");
    }

    @Test
    void only_a_ledger_holds_an_entity_manager() {
        // NativeSql holds none: a ledger lends it its own for one statement.
        noClasses()
                .that(not(simpleNameEndingWith("Ledger")))
                .and(not(simpleName("NativeSql")))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jakarta.persistence.EntityManager")
                .check(COFFER);
    }

    @Test
    void every_resource_method_declares_who_may_call_it() {
        methods()
                .that()
                .areMetaAnnotatedWith(HttpMethod.class)
                .should(declareItsCaller())
                .allowEmptyShould(true)
                .check(COFFER);
    }

    /** What JAX-RS does not serve is asked by anybody, so it must have nothing to tell. */
    @Test
    void there_is_no_servlet_but_the_two_that_tell_nothing() {
        classes()
                .that()
                .areAssignableTo(jakarta.servlet.Servlet.class)
                .or()
                .areAnnotatedWith(jakarta.servlet.annotation.WebServlet.class)
                .should()
                .haveFullyQualifiedName("coffer.platform.web.ErrorServlet")
                .orShould()
                .haveFullyQualifiedName("coffer.platform.web.RootServlet")
                .check(COFFER);
        assertThat(java.nio.file.Path.of("src/main/webapp/WEB-INF/web.xml"))
                .content()
                .doesNotContain("security-constraint")
                .containsOnlyOnce("<servlet>")
                .containsOnlyOnce(
                        "<servlet-class>jakarta.faces.webapp.FacesServlet</servlet-class>");
    }

    /** The filter of the pages hangs on the servlet, so that no path leads around it. */
    @Test
    void a_filter_stands_before_every_page() {
        assertThat(java.nio.file.Path.of("src/main/webapp/WEB-INF/web.xml"))
                .content()
                .containsPattern(
                        "(?s)<filter-name>page</filter-name>\\s*<servlet-name>faces</servlet-name>"
                                + "\\s*<dispatcher>REQUEST</dispatcher>"
                                + "\\s*<dispatcher>FORWARD</dispatcher>\\s*</filter-mapping>");
    }

    @Test
    void every_page_declares_who_may_open_it() {
        classes()
                .that()
                .resideInAPackage("coffer.ui..")
                .and(simpleNameEndingWith("Page").or(simpleNameEndingWith("Tab")))
                .and()
                .arePublic()
                .should()
                .beAnnotatedWith("coffer.id.Permitted")
                .orShould()
                .beAnnotatedWith("coffer.id.Open")
                .check(COFFER);
    }

    @Test
    void every_folder_opens_with_a_charter() {
        var without = new TreeSet<String>();

        for (var type : COFFER) {
            if (!COFFER.contain(type.getPackageName() + ".package-info")) {
                without.add(type.getPackageName());
            }
        }

        assertThat(without).isEmpty();
    }

    private static void onlyIn(String folder, String library) {
        noClasses()
                .that(not(resideInAPackage("coffer." + folder + "..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(COFFER);
    }

    private static String folder(JavaClass type) {
        var words = type.getPackageName().split("\\.", -1);
        return words.length < 2 ? "(none)" : words[1];
    }

    private static ArchCondition<JavaClass> useOnlyLowerRungs() {
        return new ArchCondition<>("use only folders to its left") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var rung = LADDER.indexOf(folder(type));
                for (var dependency : type.getDirectDependenciesFromSelf()) {
                    var target = dependency.getTargetClass();
                    if (target.getPackageName().startsWith("coffer.")
                            && LADDER.indexOf(folder(target)) > rung) {
                        events.add(
                                SimpleConditionEvent.violated(
                                        dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaMethod> declareItsCaller() {
        var declarations =
                List.of("coffer.access.ApplianceOnly", "coffer.id.Permitted", "coffer.id.Open");
        return new ArchCondition<>("be annotated, or its class, with one of " + declarations) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                var owner = method.getOwner();
                if (declarations.stream()
                        .noneMatch(name ->
                                method.isAnnotatedWith(name) || owner.isAnnotatedWith(name))) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    method,
                                    method.getFullName() + " does not say who may call it"));
                }
            }
        };
    }
}
