{{/* All objects of one component: called with the root and the component's key. */}}
{{- define "bascule.component" -}}
{{- include "bascule.otherNames" .root }}
{{- $values := index .root.Values .key }}
{{- if $values.enabled }}
{{- $facts := index (include "bascule.facts" . | fromYaml) .key }}
{{- $scope := dict "root" .root "key" .key "facts" $facts "values" $values }}
{{- include "bascule.refuse" $scope }}
{{ include "bascule.serviceAccount" $scope }}
---
{{ include "bascule.configMap" $scope }}
---
{{ include "bascule.service" $scope }}
---
{{ include "bascule.workload" $scope }}
{{- include "bascule.scaler" $scope }}
{{- if $values.podDisruptionBudget.enabled }}
---
{{ include "bascule.podDisruptionBudget" $scope }}
{{- end }}
{{- if .root.Values.networkPolicy.enabled }}
---
{{ include "bascule.networkPolicy" $scope }}
{{- end }}
{{- if and .root.Values.podMonitor.enabled $facts.scrape }}
---
{{ include "bascule.podMonitor" $scope }}
{{- end }}
{{- end }}
{{- end }}

{{/* What the schema cannot see. */}}
{{- define "bascule.refuse" -}}
{{- $autoscaling := .values.autoscaling }}
{{- if gt (int $autoscaling.minReplicas) (int $autoscaling.maxReplicas) }}
{{- fail (printf "%s.autoscaling.minReplicas: %d (expected: at most maxReplicas, %d)" .key (int $autoscaling.minReplicas) (int $autoscaling.maxReplicas)) }}
{{- end }}
{{- if lt (int .values.terminationGracePeriodSeconds) (add (int .values.preStopSeconds) 15 | int) }}
{{- fail (printf "%s.terminationGracePeriodSeconds: %d (expected: 15 or more above preStopSeconds, %d)" .key (int .values.terminationGracePeriodSeconds) (int .values.preStopSeconds)) }}
{{- end }}
{{- end }}

{{- define "bascule.workloadKind" -}}
{{ ternary "StatefulSet" "Deployment" (has "bridge" .facts.needs) }}
{{- end }}

{{- define "bascule.serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "bascule.metadata" . | nindent 2 }}
  {{- with .values.serviceAccountAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end }}

{{- define "bascule.configMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "bascule.metadata" . | nindent 2 }}
data:
  {{- include "bascule.configuration" . | nindent 2 }}
{{- end }}

{{/* Headless where callers pick a pod themselves. */}}
{{- define "bascule.service" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "bascule.metadata" . | nindent 2 }}
  {{- with .values.service.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ .values.service.type }}
  {{- if or .facts.headless (has "bridge" .facts.needs) }}
  clusterIP: None
  {{- end }}
  {{- if eq .values.service.sessionAffinity "ClientIP" }}
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP: { timeoutSeconds: 10800 }
  {{- end }}
  selector:
    {{- include "bascule.selector" . | nindent 4 }}
  ports:
    {{- range $name, $port := .facts.ports }}
    - { name: {{ $name }}, port: {{ $port }}, targetPort: {{ $name }} }
    {{- end }}
{{- end }}

{{/* Who scales owns `replicas`: it is written only where nobody does. */}}
{{- define "bascule.workload" -}}
{{- $kind := include "bascule.workloadKind" . }}
apiVersion: apps/v1
kind: {{ $kind }}
metadata:
  {{- include "bascule.metadata" . | nindent 2 }}
spec:
  {{- if eq .values.autoscaling.mode "none" }}
  replicas: {{ .values.replicas }}
  {{- end }}
  revisionHistoryLimit: 10
  selector:
    matchLabels:
      {{- include "bascule.selector" . | nindent 6 }}
  {{- if eq $kind "StatefulSet" }}
  serviceName: {{ include "bascule.name" . }}
  podManagementPolicy: Parallel
  minReadySeconds: 15
  updateStrategy: { type: RollingUpdate }
  {{- else }}
  strategy:
    type: RollingUpdate
    rollingUpdate: { maxSurge: 1, maxUnavailable: 0 }
  {{- end }}
  template:
    {{- include "bascule.pod" . | nindent 4 }}
{{- end }}

{{- define "bascule.podDisruptionBudget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "bascule.metadata" . | nindent 2 }}
spec:
  minAvailable: {{ .values.podDisruptionBudget.minAvailable }}
  # A pod that is not ready does no good: it may go.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "bascule.selector" . | nindent 6 }}
{{- end }}

{{/* What comes in: anyone at the platform's doors, those who monitor, and the components that call. */}}
{{- define "bascule.networkPolicy" -}}
{{- $scope := . }}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "bascule.metadata" . | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "bascule.selector" . | nindent 6 }}
  policyTypes: [Ingress{{ if has "sandbox" .facts.needs }}, Egress{{ end }}]
  {{- if has "sandbox" .facts.needs }}
  # Functions are given no network; the runner itself calls those who have their packages, where values name them.
  {{- with .root.Values.registries.egress }}
  egress:
    - ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]
    {{- toYaml . | nindent 4 }}
  {{- else }}
  egress: []
  {{- end }}
  {{- end }}
  ingress:
    {{- range .facts.open }}
    - ports: [{ port: {{ . }} }]
    {{- end }}
    - ports: [{ port: http }]
      from:
        {{- toYaml .root.Values.networkPolicy.monitoring | nindent 8 }}
    {{- range $port, $callers := .facts.callers }}
    - ports: [{ port: {{ $port }} }]
      from:
        {{- range $callers }}
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: {{ . }}
              app.kubernetes.io/instance: {{ $scope.root.Release.Name }}
        {{- end }}
    {{- end }}
{{- end }}

{{/* Pods, not Services: one pod holds the platform-wide series, and an address shared by pods would hide it. */}}
{{- define "bascule.podMonitor" -}}
{{- $monitor := .root.Values.podMonitor }}
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  {{- include "bascule.metadata" . | nindent 2 }}
    {{- with $monitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  # The service's name, as in the alerts.
  jobLabel: app.kubernetes.io/name
  selector:
    matchLabels:
      {{- include "bascule.selector" . | nindent 6 }}
  podMetricsEndpoints:
    {{- range .facts.scrape }}
    - { port: http, path: {{ . }}, interval: {{ $monitor.interval }} }
    {{- end }}
{{- end }}
