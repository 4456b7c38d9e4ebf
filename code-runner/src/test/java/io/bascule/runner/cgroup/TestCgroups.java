package io.bascule.runner.cgroup;

import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/** Control groups of this machine, for tests. */
public final class TestCgroups {

    private static final Supplier<Boolean> CAN_BE_HAD = SingletonSupplier.of(TestCgroups::tryThem);

    private TestCgroups() {}

    /** Whether this machine lets us write them. */
    public static boolean canBeHad() {
        return CAN_BE_HAD.get();
    }

    private static boolean tryThem() {
        try (var _ = Cgroups.open()) {
            return true;
        } catch (CgroupsUnavailableException missing) {
            return false;
        }
    }
}
