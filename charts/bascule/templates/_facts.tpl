{{/*
What is fixed about each component: its name, the image it runs, its ports, what it calls and who calls it. Everything
else is a value. The rows every component has are in _rows.tpl, the pod they share in _pod.tpl.
  name      of its objects, and by which others call it
  identity  the name under which it signs
  needs     database, replica, redis, kafka, api, runner, masterKey, owner, storage, pods: becomes environment and mounts
  open      ports that anyone may reach; those of `calls` are for the components listed
  scrape    where its metrics are
*/}}
{{- define "bascule.facts" -}}
apiService:
  name: api-service
  image: api-service
  identity: api-service
  ports: { http: 5000 }
  needs: [database, replica, redis, kafka, masterKey, owner, storage]
  open: [http]
  scrape: [/prometheus]
bridgeService:
  name: bridge-service
  image: bridge-service
  identity: bridge-service
  ports: { http: 5000, legs: 8443 }
  needs: [api, bridge]
  open: [legs]
  scrape: [/prometheus]
instantWorker:
  name: instant-worker
  image: instant-worker
  identity: instant-worker
  ports: { http: 5000 }
  needs: [database, redis, api, runner, storage]
  scrape: [/prometheus]
queuedWorker:
  name: queued-worker
  image: queued-worker
  identity: queued-worker
  ports: { http: 5000 }
  needs: [database, redis, api, runner, storage]
  scrape: [/prometheus, /prometheus/queued-tasks]
codeRunner:
  name: custom-code-runner
  image: code-runner
  identity: code-runner
  ports: { http: 5000, calls: 5090 }
  needs: [sandbox]
  headless: true
  callers: { calls: [instant-worker, queued-worker] }
  scrape: [/prometheus, /api/v2/prometheus]
orchestrator:
  name: orchestrator
  image: orchestrator
  identity: orchestrator
  ports: { http: 5000 }
  needs: [database, redis, kafka, storage, pods]
  scrape: [/prometheus]
webUi:
  name: web-ui
  image: web-ui
  ports: { http: 8080 }
  needs: []
  open: [http]
  user: 101
{{- end }}

{{/* The environment's name of a budget of a component that holds work while it drains. */}}
{{- define "bascule.graceVariable" -}}
{{- get (dict "bridgeService" "BASCULE_BRIDGE_DRAINBUDGET" "instantWorker" "BASCULE_INSTANT_GRACE" "queuedWorker" "BASCULE_QUEUED_GRACE" "codeRunner" "BASCULE_RUNNER_DRAINGRACE") . -}}
{{- end }}
