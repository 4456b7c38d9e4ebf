package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.NeedsSandbox;
import io.bascule.runner.sandbox.SandboxLevel;

/** The attacks at the level that needs nothing of the machine but Landlock. */
@NeedsSandbox
class ConfinedAttackTests extends AttackContract {

    ConfinedAttackTests() {
        super(SandboxLevel.CONFINED);
    }
}
