package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.NeedsNamespaces;
import io.bascule.runner.sandbox.SandboxLevel;

/** The attacks at the level with namespaces. */
@NeedsNamespaces
class NamespacedAttackTests extends AttackContract {

    NamespacedAttackTests() {
        super(SandboxLevel.NAMESPACED);
    }
}
