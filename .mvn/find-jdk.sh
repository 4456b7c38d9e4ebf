# Sourced by `mvnw` and `bascule`: points JAVA_HOME at a JDK of the required version, or says in one line how to get one.
# A JDK is recognised by its `release` file and its compiler, so that a JRE or an older default `java` is passed over.
required_java=25

is_required_jdk() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q "^JAVA_VERSION=\"$required_java[\".]" "$1/release"
}

find_required_jdk() {
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*"$required_java"* /usr/lib/jvm/default-java \
    "$HOME"/.sdkman/candidates/java/"$required_java"* "$HOME"/.jdks/*"$required_java"* \
    /Library/Java/JavaVirtualMachines/*"$required_java"*/Contents/Home /opt/java/openjdk; do
    if [ -n "$candidate" ] && is_required_jdk "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  echo "Bascule needs a JDK $required_java and found none: install one (for example Eclipse Temurin $required_java) or set JAVA_HOME to it." >&2
  return 1
}

find_required_jdk || exit 1
