{{/* What sets the number of a component's pods, by `autoscaling.mode`. */}}
{{- define "bascule.scaler" -}}
{{- if eq .values.autoscaling.mode "hpa" }}
---
{{ include "bascule.horizontalPodAutoscaler" . }}
{{- else if eq .values.autoscaling.mode "keda" }}
---
{{ include "bascule.scaledObject" . }}
{{- end }}
{{- end }}

{{- define "bascule.resourceMetric" -}}
- type: Resource
  resource:
    name: {{ .name }}
    target: { type: Utilization, averageUtilization: {{ .percent }} }
{{- end }}

{{- define "bascule.metrics" -}}
{{- $autoscaling := .values.autoscaling }}
{{- with $autoscaling.targetCPUUtilizationPercentage }}
{{ include "bascule.resourceMetric" (dict "name" "cpu" "percent" .) }}
{{- end }}
{{- with $autoscaling.targetMemoryUtilizationPercentage }}
{{ include "bascule.resourceMetric" (dict "name" "memory" "percent" .) }}
{{- end }}
{{- range $name, $average := $autoscaling.podMetrics }}
- type: Pods
  pods:
    metric: { name: {{ $name }} }
    target: { type: AverageValue, averageValue: {{ $average | quote }} }
{{- end }}
{{- end }}

{{- define "bascule.horizontalPodAutoscaler" -}}
{{- $metrics := include "bascule.metrics" . | trim }}
{{- if not $metrics }}
{{- fail (printf "%s.autoscaling.mode is hpa, but nothing is measured (expected: targetCPUUtilizationPercentage, targetMemoryUtilizationPercentage or podMetrics)" .key) }}
{{- end }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  {{- include "bascule.metadata" . | nindent 2 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: {{ include "bascule.workloadKind" . }}
    name: {{ include "bascule.name" . }}
  minReplicas: {{ .values.autoscaling.minReplicas }}
  maxReplicas: {{ .values.autoscaling.maxReplicas }}
  metrics:
    {{- $metrics | nindent 4 }}
  behavior:
    {{- toYaml .values.autoscaling.behavior | nindent 4 }}
{{- end }}

{{/*
KEDA's own cooldown acts on scaling to zero only, so the pace is the HPA's that it makes. Prometheus being away, or having
no such series, must not scale to the minimum: the last known number stays.
*/}}
{{- define "bascule.scaledObject" -}}
{{- if not .values.autoscaling.triggers }}
{{- fail (printf "%s.autoscaling.mode is keda, but there are no triggers" .key) }}
{{- end }}
{{- $root := .root }}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  {{- include "bascule.metadata" . | nindent 2 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: {{ include "bascule.workloadKind" . }}
    name: {{ include "bascule.name" . }}
  minReplicaCount: {{ .values.autoscaling.minReplicas }}
  maxReplicaCount: {{ .values.autoscaling.maxReplicas }}
  pollingInterval: 15
  fallback:
    failureThreshold: 3
    replicas: {{ .values.autoscaling.minReplicas }}
    behavior: currentReplicasIfHigher
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        {{- toYaml .values.autoscaling.behavior | nindent 8 }}
  triggers:
    {{- range .values.autoscaling.triggers }}
    - type: prometheus
      name: {{ .name }}
      metricType: {{ .metricType }}
      metadata:
        serverAddress: {{ $root.Values.prometheus.serverAddress }}
        query: {{ .query | quote }}
        threshold: {{ .threshold | quote }}
        ignoreNullValues: "false"
    {{- end }}
{{- end }}
