{{/* Plain configuration of a component: the data of its ConfigMap. */}}
{{- define "bascule.configuration" -}}
{{- $values := .root.Values }}
{{- $needs := .facts.needs }}
{{- $budget := sub (sub .values.terminationGracePeriodSeconds .values.preStopSeconds) 5 | int }}
{{- $data := dict }}
{{- if .facts.identity }}
{{- $_ := set $data "BASCULE_IDENTITY_PRIVATEKEYFILE" "/run/identity/identity.pem" }}
{{- $_ := set $data "BASCULE_IDENTITY_TRUSTEDKEYSDIRECTORY" "/run/trusted" }}
{{- $_ := set $data "SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE" (printf "%ds" $budget) }}
{{- end }}
{{- with include "bascule.graceVariable" .key }}
{{- $_ := set $data . (printf "%ds" (max 1 (sub $budget 10) | int)) }}
{{- end }}
{{- if eq .key "apiService" }}
{{- /* After preStop: who has kept a connection all the same is told to end it. */}}
{{- $_ := set $data "BASCULE_DRAIN_NOTICE" "3s" }}
{{- end }}
{{- if has "database" $needs }}
{{- $_ := set $data "BASCULE_DATABASE_URL" (include "bascule.databaseUrl" (dict "root" .root "host" $values.database.host "port" $values.database.port)) }}
{{- end }}
{{- if and (has "replica" $needs) $values.database.replica.host }}
{{- $_ := set $data "BASCULE_DATABASE_REPLICA_URL" (include "bascule.databaseUrl" (dict "root" .root "host" $values.database.replica.host "port" $values.database.replica.port)) }}
{{- end }}
{{- if has "redis" $needs }}
{{- if $values.redis.clusterNodes }}
{{- $_ := set $data "SPRING_DATA_REDIS_CLUSTER_NODES" (join "," $values.redis.clusterNodes) }}
{{- else }}
{{- $_ := set $data "SPRING_DATA_REDIS_HOST" $values.redis.host }}
{{- $_ := set $data "SPRING_DATA_REDIS_PORT" ($values.redis.port | int | toString) }}
{{- end }}
{{- $_ := set $data "SPRING_DATA_REDIS_SSL_ENABLED" ($values.redis.tls | toString) }}
{{- end }}
{{- if has "kafka" $needs }}
{{- $_ := set $data "SPRING_KAFKA_BOOTSTRAPSERVERS" $values.kafka.bootstrapServers }}
{{- end }}
{{- if has "api" $needs }}
{{- $_ := set $data "BASCULE_API_URL" (printf "http://%sapi-service:5000" $values.namePrefix) }}
{{- end }}
{{- if and (has "runner" $needs) $values.codeRunner.enabled }}
{{- $_ := set $data "BASCULE_RUNNER_TARGETS" (printf "%scustom-code-runner:5090" $values.namePrefix) }}
{{- end }}
{{- if has "masterKey" $needs }}
{{- $_ := set $data "BASCULE_SECRETS_MASTERKEYFILE" "/run/master/master.key" }}
{{- end }}
{{- if has "storage" $needs }}
{{- $data = merge $data (include "bascule.storage" $values.storage | fromYaml) }}
{{- end }}
{{- if and (has "pods" $needs) $values.podDeletionCosts.enabled }}
{{- $_ := set $data "BASCULE_PODS_DELETIONCOSTS" "true" }}
{{- $_ := set $data "BASCULE_PODS_SELECTOR" (printf "app.kubernetes.io/instance=%s,app.kubernetes.io/name in (queued-worker,instant-worker)" .root.Release.Name) }}
{{- end }}
{{- if has "sandbox" $needs }}
{{- $_ := set $data "BASCULE_RUNNER_DIRECTORY" "/tmp" }}
{{- with $values.registries.npm }}
{{- $_ := set $data "BASCULE_RUNNER_REGISTRIES_NPM" . }}
{{- end }}
{{- with $values.registries.pypi }}
{{- $_ := set $data "BASCULE_RUNNER_REGISTRIES_PYPI" . }}
{{- end }}
{{- end }}
{{- toYaml (mergeOverwrite $data .values.config) }}
{{- end }}

{{/* Where large things are kept: the same for all that keep or read them. */}}
{{- define "bascule.storage" -}}
{{- if eq .kind "directory" }}
{{- if not .directory.claim }}
{{- fail "storage.kind is directory: set storage.directory.claim to a claim that all pods can write (ReadWriteMany)" }}
{{- end }}
BASCULE_STORAGE_KIND: directory
BASCULE_STORAGE_DIRECTORY: /var/lib/objects
{{- else if eq .kind "s3" }}
{{- if not .s3.bucket }}
{{- fail "storage.kind is s3: set storage.s3.bucket" }}
{{- end }}
BASCULE_STORAGE_KIND: s3
BASCULE_STORAGE_S3_BUCKET: {{ .s3.bucket | quote }}
BASCULE_STORAGE_S3_REGION: {{ .s3.region | quote }}
BASCULE_STORAGE_S3_PATHSTYLE: {{ .s3.pathStyle | toString | quote }}
{{- with .s3.endpoint }}
BASCULE_STORAGE_S3_ENDPOINT: {{ . | quote }}
{{- end }}
{{- with .s3.prefix }}
BASCULE_STORAGE_S3_PREFIX: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}

{{- define "bascule.databaseUrl" -}}
{{- $database := .root.Values.database -}}
jdbc:postgresql://{{ .host }}:{{ int .port }}/{{ $database.name }}{{ with $database.parameters }}?{{ . }}{{ end }}
{{- end }}

{{- define "bascule.secretVariable" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef: { name: {{ .secret }}, key: {{ .key }} }
{{- end }}

{{- define "bascule.databaseLogin" -}}
{{- $secret := .Values.database.secret -}}
{{ include "bascule.secretVariable" (dict "name" "BASCULE_DATABASE_USERNAME" "secret" $secret.name "key" $secret.usernameKey) }}
{{ include "bascule.secretVariable" (dict "name" "BASCULE_DATABASE_PASSWORD" "secret" $secret.name "key" $secret.passwordKey) }}
{{- end }}

{{/* What a container cannot take from its ConfigMap: secrets, and what differs from pod to pod. */}}
{{- define "bascule.variables" -}}
{{- $values := .root.Values }}
{{- $needs := .facts.needs }}
{{- if has "database" $needs }}
{{ include "bascule.databaseLogin" .root }}
{{- end }}
{{- if and (has "replica" $needs) $values.database.replica.host $values.database.replica.secret.name }}
{{- $secret := $values.database.replica.secret }}
{{ include "bascule.secretVariable" (dict "name" "BASCULE_DATABASE_REPLICA_USERNAME" "secret" $secret.name "key" $secret.usernameKey) }}
{{ include "bascule.secretVariable" (dict "name" "BASCULE_DATABASE_REPLICA_PASSWORD" "secret" $secret.name "key" $secret.passwordKey) }}
{{- end }}
{{- if and (has "redis" $needs) $values.redis.secret.name }}
{{ include "bascule.secretVariable" (dict "name" "SPRING_DATA_REDIS_PASSWORD" "secret" $values.redis.secret.name "key" $values.redis.secret.passwordKey) }}
{{- end }}
{{- if and (has "owner" $needs) $values.owner.secret.name }}
{{ include "bascule.secretVariable" (dict "name" "BASCULE_BOOTSTRAP_USERNAME" "secret" $values.owner.secret.name "key" $values.owner.secret.usernameKey) }}
{{ include "bascule.secretVariable" (dict "name" "BASCULE_BOOTSTRAP_PASSWORD" "secret" $values.owner.secret.name "key" $values.owner.secret.passwordKey) }}
{{- end }}
{{- if and (has "storage" $needs) (eq $values.storage.kind "s3") $values.storage.s3.secret.name }}
{{- $secret := $values.storage.s3.secret }}
{{ include "bascule.secretVariable" (dict "name" "BASCULE_STORAGE_S3_ACCESSKEY" "secret" $secret.name "key" $secret.accessKeyKey) }}
{{ include "bascule.secretVariable" (dict "name" "BASCULE_STORAGE_S3_SECRETKEY" "secret" $secret.name "key" $secret.secretKeyKey) }}
{{- end }}
{{- if .facts.identity }}
- name: BASCULE_SERVICE_INSTANCE
  valueFrom:
    fieldRef: { fieldPath: metadata.name }
{{- end }}
{{- if has "bridge" $needs }}
{{- if not .values.domain }}
- name: POD_NAMESPACE
  valueFrom:
    fieldRef: { fieldPath: metadata.namespace }
{{- end }}
- name: BASCULE_BRIDGE_ID
  valueFrom:
    fieldRef: { fieldPath: metadata.name }
{{- $host := .values.domain | default "$(POD_NAMESPACE).svc" }}
- name: BASCULE_BRIDGE_ADVERTISEDADDRESS
  value: $(BASCULE_BRIDGE_ID).{{ $host }}:{{ ternary .values.publicPort 8443 (ne .values.domain "") | int }}
- name: BASCULE_BRIDGE_AUTHORITY
  value: $(BASCULE_BRIDGE_ID).{{ $host }}
{{- end }}
{{- with .values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}
