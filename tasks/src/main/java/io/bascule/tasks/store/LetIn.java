package io.bascule.tasks.store;

/** The end of a statement that makes tasks wait: those with a concurrency key are held until it lets them in, perhaps at once. */
final class LetIn {

    private static final String TEMPLATE = """
            , let_in as materialized (
                select pass_on_key(workspace_id, queue, concurrency_key, 0) from (
                    select distinct workspace_id, queue, concurrency_key from %s where held
                    order by workspace_id, queue, concurrency_key offset 0) keys
            )
            """;

    private LetIn() {}

    /** @param held rows just written, with the columns workspace_id, queue, concurrency_key and held */
    static String of(String held) {
        return TEMPLATE.formatted(held);
    }
}
