/* The launcher as a program of its own, for runtimes that are programs. */
#include "launcher.h"

#include <unistd.h>

int main(int count, char **arguments) {
    return sandbox_launcher(count, arguments, fork);
}
