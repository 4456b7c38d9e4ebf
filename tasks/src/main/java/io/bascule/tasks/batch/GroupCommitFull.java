package io.bascule.tasks.batch;

/** More items wait for a writer than are allowed to: the store is slower than its callers. */
public class GroupCommitFull extends RuntimeException {

    GroupCommitFull(int waiting) {
        super("%d items wait to be written already".formatted(waiting));
    }
}
