package io.bascule.deploy.clouds;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bascule.deploy.Yaml;

/**
 * Services of Cloud Run: the API and the UI. Workers, runners and the orchestrator answer no requests and bridges are dialled
 * one by one: they belong on GKE with the chart. The API's processors are not throttled between requests: it holds a lease and
 * streams.
 */
final class GoogleServices {

    private GoogleServices() {}

    static ObjectNode of(Component component) {
        boolean api = component.hasIdentity();
        ObjectNode service = (ObjectNode) Yaml.tree("""
                apiVersion: serving.knative.dev/v1
                kind: Service
                metadata:
                  name: %s
                  annotations: { run.googleapis.com/ingress: internal-and-cloud-load-balancing }
                spec:
                  template:
                    metadata:
                      annotations:
                        autoscaling.knative.dev/minScale: "%d"
                        autoscaling.knative.dev/maxScale: "%d"
                        run.googleapis.com/cpu-throttling: "%s"
                        run.googleapis.com/startup-cpu-boost: "true"
                        run.googleapis.com/execution-environment: gen2
                    spec:
                      containerConcurrency: %s
                      timeoutSeconds: 3600
                      serviceAccountName: bascule
                """.formatted(
                        component.name(),
                        component.least(),
                        component.most(),
                        !api,
                        Component.NUMBERS.at("/google/requests-at-once").asText()));
        ObjectNode spec = (ObjectNode) service.at("/spec/template/spec");
        spec.putArray("containers").add(container(component));
        if (api) {
            spec.set("volumes", volumes(component));
        }
        return service;
    }

    private static ObjectNode container(Component component) {
        int port = component.port("http");
        boolean api = component.hasIdentity();
        ObjectNode container = (ObjectNode) Yaml.tree("""
                image: REGION-docker.pkg.dev/PROJECT/bascule/%1$s:VERSION
                ports: [{ containerPort: %2$d }]
                resources: { limits: { cpu: "%3$s", memory: %4$s } }
                startupProbe: { httpGet: { path: %5$s, port: %2$d }, periodSeconds: 10, failureThreshold: 24 }
                livenessProbe: { httpGet: { path: %5$s, port: %2$d }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 }
                """.formatted(
                        component.image(),
                        port,
                        "1",
                        api ? Component.NUMBERS.at("/google/memory").asText() : "512Mi",
                        api ? Component.NUMBERS.at("/balancer/path").asText() : "/"));
        ArrayNode env = container.putArray("env");
        component
                .settings()
                .forEach((name, value) -> env.addObject()
                        .put("name", name)
                        .put("value", value.replace("DATABASE", "DATABASE_HOST").replace("REDIS", "REDIS_HOST")));
        component
                .secrets()
                .forEach(name -> env.addObject()
                        .put("name", name)
                        .set(
                                "valueFrom",
                                Yaml.tree("{ secretKeyRef: { name: bascule-%s, key: latest } }"
                                        .formatted(Component.secret(name)))));
        if (api) {
            ArrayNode mounts = container.putArray("volumeMounts");
            mounts.addObject().put("name", "identity").put("mountPath", "/run/identity");
            mounts.addObject().put("name", "master").put("mountPath", "/run/master");
            mounts.addObject().put("name", "trusted").put("mountPath", "/run/trusted");
        }
        return container;
    }

    /** A secret is one file in a folder of its own; public keys are many files, hence a bucket. */
    private static ArrayNode volumes(Component component) {
        return (ArrayNode) Yaml.tree("""
                - { name: identity, secret: { secretName: bascule-identity-%s, items: [{ key: latest, path: identity.pem }] } }
                - { name: master, secret: { secretName: bascule-master-key, items: [{ key: latest, path: master.key }] } }
                - name: trusted
                  csi:
                    driver: gcsfuse.run.googleapis.com
                    readOnly: true
                    volumeAttributes: { bucketName: PROJECT-bascule-trusted-keys }
                """.formatted(component.identity()));
    }
}
