package io.bascule.runner.sandbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Tests that run only where the build found a C compiler; elsewhere they are skipped by name. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "io.bascule.runner.sandbox.TestSandbox#isBuilt",
        disabledReason = "no C compiler: the sandbox launcher was not built")
public @interface NeedsSandbox {}
