package io.bascule.runner.sandbox;

import io.bascule.runner.MachineCondition;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that run only where user namespaces can be had; elsewhere they are skipped by name. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsNamespaces.Condition.class)
public @interface NeedsNamespaces {

    /** Tells it. */
    final class Condition extends MachineCondition {

        Condition() {
            super(TestSandbox::hasNamespaces, "no sandbox launcher, or no user namespaces on this machine");
        }
    }
}
