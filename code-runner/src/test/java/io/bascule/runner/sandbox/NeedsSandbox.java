package io.bascule.runner.sandbox;

import io.bascule.runner.MachineCondition;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that run only where the build found a C compiler; elsewhere they are skipped by name. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsSandbox.Condition.class)
public @interface NeedsSandbox {

    /** Tells it. */
    final class Condition extends MachineCondition {

        Condition() {
            super(TestSandbox::isBuilt, "no C compiler: the sandbox launcher was not built");
        }
    }
}
