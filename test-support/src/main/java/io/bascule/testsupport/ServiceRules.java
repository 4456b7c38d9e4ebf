package io.bascule.testsupport;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.List;

/** The rules of CONTRIBUTING.md that a machine can hold us to; every module's {@code ArchitectureTests} calls them. */
public final class ServiceRules {

    private static final List<ArchRule> RULES = List.of(
            noFields()
                    .should()
                    .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                    .because("constructors inject: a class shows what it needs, and tests can build it"),
            noClasses().should().callMethod(Instant.class, "now").because("time is passed in: take an InstantSource"),
            noClasses()
                    .should()
                    .callMethod(Thread.class, "sleep", long.class)
                    .because("wait on a signal with a time-out, so that stopping does not wait for a sleep"),
            noClasses()
                    .that()
                    .haveSimpleNameEndingWith("Controller")
                    .should()
                    .dependOnClassesThat()
                    .haveSimpleNameEndingWith("Repository")
                    .because("a controller only translates: let it call a use case"),
            noClasses()
                    .should()
                    .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
                    .because("a class is named by what it does"));

    private ServiceRules() {}

    /** Checks the main classes below a package. */
    public static void check(String basePackage) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(basePackage);
        if (classes.that(resideInAPackage(basePackage + "..")).isEmpty()) {
            throw new IllegalArgumentException("no classes below " + basePackage);
        }
        RULES.forEach(rule -> rule.allowEmptyShould(true).check(classes));
        slices().matching(basePackage + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("features depend on each other in one direction")
                .allowEmptyShould(true)
                .check(classes);
    }
}
