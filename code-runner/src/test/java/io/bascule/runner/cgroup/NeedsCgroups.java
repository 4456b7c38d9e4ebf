package io.bascule.runner.cgroup;

import io.bascule.runner.MachineCondition;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that run only where control groups can be written; elsewhere they are skipped by name. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsCgroups.Condition.class)
public @interface NeedsCgroups {

    /** Tells it. */
    final class Condition extends MachineCondition {

        Condition() {
            super(TestCgroups::canBeHad, "no control groups that can be written");
        }
    }
}
