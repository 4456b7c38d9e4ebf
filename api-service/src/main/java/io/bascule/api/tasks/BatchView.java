package io.bascule.api.tasks;

import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of the items of a batch.
 *
 * @param items one for each item of the request, in the same order
 */
record BatchView(List<Item> items) {

    /**
     * What came of one item: a task or a problem.
     *
     * @param status as if it had been submitted by itself
     */
    record Item(
            int status, @Nullable TaskView task, @Nullable Refusal problem) {

        private static final int ACCEPTED = 202;

        static Item accepted(TaskView task) {
            return new Item(ACCEPTED, task, null);
        }

        static Item refused(ProblemException refused) {
            String detail = String.valueOf(refused.getMessage());
            return new Item(
                    refused.problem().status().value(),
                    null,
                    new Refusal(refused.problem().code(), refused.problem().title(), detail, refused.errors()));
        }
    }

    /**
     * Why an item was refused, in the words of a problem document.
     *
     * @param errors by pointers into the item
     */
    record Refusal(String code, String title, String detail, List<FieldProblem> errors) {}
}
