package io.bascule.runner.sandbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Tests that run only where there is a Python for functions; elsewhere they are skipped by name. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "io.bascule.runner.sandbox.TestSandbox#hasPython",
        disabledReason = "no Python 3.9 or newer that jobs may use")
public @interface NeedsPython {}
