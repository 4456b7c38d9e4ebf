# Read by the scripts beside it.
namespace=${NAMESPACE:-bascule}
deployment=${DEPLOYMENT:-api-service}
limit=${LIMIT:-60}

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

kube() { kubectl --namespace "$namespace" "$@"; }

pods() {
  kube get pods --selector "app.kubernetes.io/name=$deployment" --field-selector status.phase=Running \
    --output 'jsonpath={range .items[*]}{.metadata.name}{"\n"}{end}'
}
