package io.bascule.runner;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Something that a machine must have for a test; elsewhere the test is skipped by name. Unlike JUnit's {@code EnabledIf}, of which
 * only the first at a class or method counts, all of these do.
 */
public abstract class MachineCondition implements ExecutionCondition {

    private final BooleanSupplier has;
    private final String otherwise;

    protected MachineCondition(BooleanSupplier has, String otherwise) {
        this.has = has;
        this.otherwise = otherwise;
    }

    @Override
    public final ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return has.getAsBoolean()
                ? ConditionEvaluationResult.enabled("the machine has it")
                : ConditionEvaluationResult.disabled(otherwise);
    }
}
