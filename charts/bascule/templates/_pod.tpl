{{/* The pod of a component: restricted, read-only, spread over zones and nodes. */}}
{{- define "bascule.pod" -}}
{{- $user := .facts.user | default 65532 -}}
metadata:
  labels:
    {{- include "bascule.selector" . | nindent 4 }}
    app.kubernetes.io/part-of: bascule
    {{- with .values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/configuration: {{ include "bascule.configuration" . | sha256sum }}
    {{- with .values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "bascule.name" . }}
  automountServiceAccountToken: {{ and (has "pods" .facts.needs) .root.Values.podDeletionCosts.enabled }}
  # Variables that Kubernetes makes up from Services would be taken for configuration.
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ .values.terminationGracePeriodSeconds }}
  securityContext:
    runAsNonRoot: true
    runAsUser: {{ $user }}
    runAsGroup: {{ $user }}
    fsGroup: {{ $user }}
    seccompProfile: { type: RuntimeDefault }
  {{- with .root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  topologySpreadConstraints:
    {{- include "bascule.spread" . | trim | nindent 4 }}
  containers:
    - name: {{ .facts.name }}
      {{- include "bascule.container" . | nindent 6 }}
  volumes:
    {{- include "bascule.volumes" . | nindent 4 }}
{{- end }}

{{- define "bascule.spread" -}}
{{- with .values.topologySpreadConstraints }}
{{- toYaml . }}
{{- else }}
{{- $scope := . }}
{{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
- topologyKey: {{ . }}
  maxSkew: 1
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "bascule.selector" $scope | nindent 6 }}
{{- end }}
{{- end }}
{{- end }}

{{- define "bascule.container" -}}
image: {{ include "bascule.image" (dict "root" .root "image" .facts.image) }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  {{- include "bascule.containerSecurity" . | nindent 2 }}
ports:
  {{- range $name, $port := .facts.ports }}
  - { name: {{ $name }}, containerPort: {{ $port }} }
  {{- end }}
envFrom:
  - configMapRef: { name: {{ include "bascule.name" . }} }
{{- with include "bascule.variables" . | trim }}
env:
  {{- . | nindent 2 }}
{{- end }}
resources:
  {{- toYaml .values.resources | nindent 2 }}
{{ include "bascule.probes" . | trim }}
{{- with .values.preStopSeconds }}
lifecycle:
  preStop:
    sleep: { seconds: {{ . }} }
{{- end }}
volumeMounts:
  - { name: tmp, mountPath: /tmp }
  {{- if .facts.identity }}
  - { name: identity, mountPath: /run/identity, readOnly: true }
  - { name: trusted, mountPath: /run/trusted, readOnly: true }
  {{- end }}
  {{- if has "masterKey" .facts.needs }}
  - { name: master, mountPath: /run/master, readOnly: true }
  {{- end }}
  {{- if and (has "storage" .facts.needs) (eq .root.Values.storage.kind "directory") }}
  - { name: objects, mountPath: /var/lib/objects }
  {{- end }}
{{- end }}

{{- define "bascule.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "bascule.probes" -}}
{{- $live := ternary "/health/live" "/" (hasKey .facts "identity") }}
{{- $ready := ternary "/health/ready" "/" (hasKey .facts "identity") }}
livenessProbe:
  httpGet: { path: {{ $live }}, port: http }
  {{- toYaml .values.probes.liveness | nindent 2 }}
readinessProbe:
  httpGet: { path: {{ $ready }}, port: http }
  {{- toYaml .values.probes.readiness | nindent 2 }}
startupProbe:
  httpGet: { path: {{ $live }}, port: http }
  {{- toYaml .values.probes.startup | nindent 2 }}
{{- end }}

{{/* Each component is given its own private key only. */}}
{{- define "bascule.volumes" -}}
- name: tmp
  emptyDir: { sizeLimit: 1Gi }
{{- if .facts.identity }}
- name: identity
  secret:
    secretName: {{ .root.Values.identity.secret }}
    defaultMode: 0440
    items:
      - { key: {{ .facts.identity }}.pem, path: identity.pem }
- name: trusted
  configMap: { name: {{ .root.Values.identity.trustedKeysConfigMap }} }
{{- end }}
{{- if has "masterKey" .facts.needs }}
- name: master
  secret:
    secretName: {{ .root.Values.masterKey.secret.name }}
    defaultMode: 0440
    items:
      - { key: {{ .root.Values.masterKey.secret.key }}, path: master.key }
{{- end }}
{{- if and (has "storage" .facts.needs) (eq .root.Values.storage.kind "directory") }}
- name: objects
  persistentVolumeClaim: { claimName: {{ .root.Values.storage.directory.claim }} }
{{- end }}
{{- end }}
