package io.bascule.runner.sandbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Tests that run only where user namespaces can be had; elsewhere they are skipped by name. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "io.bascule.runner.sandbox.TestSandbox#hasNamespaces",
        disabledReason = "no sandbox launcher, or no user namespaces on this machine")
public @interface NeedsNamespaces {}
