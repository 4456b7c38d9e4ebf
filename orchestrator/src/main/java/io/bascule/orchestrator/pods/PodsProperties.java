package io.bascule.orchestrator.pods;

import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the cluster is asked. The defaults are what Kubernetes gives every pod with a service account.
 *
 * @param deletionCosts whether pods of workers are told apart at all
 * @param api the cluster's API
 * @param account a folder with {@code token}, {@code ca.crt} and {@code namespace}
 * @param selector labels of the pods that run workers
 */
@ConfigurationProperties("bascule.pods")
record PodsProperties(
        @DefaultValue("false") boolean deletionCosts,
        @DefaultValue("https://kubernetes.default.svc") URI api,

        @DefaultValue("/var/run/secrets/kubernetes.io/serviceaccount")
        Path account,

        @DefaultValue("app.kubernetes.io/name in (queued-worker,instant-worker)")
        String selector) {}
