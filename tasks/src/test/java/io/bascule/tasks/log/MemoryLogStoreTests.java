package io.bascule.tasks.log;

class MemoryLogStoreTests extends LogStoreContract {

    private final LogStore store = new MemoryLogStore();

    @Override
    LogStore store() {
        return store;
    }
}
