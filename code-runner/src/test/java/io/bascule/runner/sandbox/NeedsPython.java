package io.bascule.runner.sandbox;

import io.bascule.runner.MachineCondition;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that run only where there is a Python for functions; elsewhere they are skipped by name. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsPython.Condition.class)
public @interface NeedsPython {

    /** Tells it. */
    final class Condition extends MachineCondition {

        Condition() {
            super(TestSandbox::hasPython, "no Python 3.9 or newer that jobs may use");
        }
    }
}
