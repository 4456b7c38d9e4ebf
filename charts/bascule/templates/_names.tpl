{{/* Called with (dict "root" $ "key" "apiService" "facts" ... "values" ...), the scope of one component. */}}
{{- define "bascule.name" -}}
{{ .root.Values.namePrefix }}{{ .facts.name }}
{{- end }}

{{/*
`api`, `bridge` and `web`, as charts of this kind call our components, with `autoscaling.enabled` for the mode: become values of
ours. Included by what reads values that they may have; a second time changes nothing.
*/}}
{{- define "bascule.otherNames" -}}
{{- $values := .Values }}
{{- range $other, $ours := dict "api" "apiService" "bridge" "bridgeService" "web" "webUi" }}
{{- with index $values $other }}
{{- $given := deepCopy . }}
{{- $autoscaling := $given.autoscaling | default dict }}
{{- if hasKey $autoscaling "enabled" }}
{{- $_ := set $autoscaling "mode" (ternary "hpa" "none" $autoscaling.enabled) }}
{{- $_ := unset $autoscaling "enabled" }}
{{- end }}
{{- $_ := set $values $ours (mergeOverwrite (deepCopy (index $values $ours)) $given) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "bascule.image" -}}
{{ .root.Values.image.prefix }}/{{ .image }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{/* What never changes in the life of an object: selectors are made of it. */}}
{{- define "bascule.selector" -}}
app.kubernetes.io/name: {{ .facts.name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "bascule.releaseLabels" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: bascule
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "bascule.metadata" -}}
name: {{ include "bascule.name" . }}
namespace: {{ .root.Release.Namespace }}
labels:
  app.kubernetes.io/name: {{ .facts.name }}
  {{- include "bascule.releaseLabels" .root | nindent 2 }}
{{- end }}
