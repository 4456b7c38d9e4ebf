package io.bascule.api.tasks;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.tasks.BatchView.Item;
import io.bascule.api.webhooks.CallbackSecret;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.NewTask.Idempotency;
import io.bascule.tasks.store.Submission;
import io.bascule.tasks.store.Submission.Accepted;
import io.bascule.tasks.store.Submission.Duplicate;
import io.bascule.tasks.store.Submission.KeyTaken;
import io.bascule.tasks.store.Submission.NoQueue;
import io.bascule.tasks.store.Submission.Repeated;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Accepts many tasks in one transaction; an item that is refused does not keep the others from being accepted. */
@Component
class AcceptBatch {

    private final CheckTask check;
    private final SubmitChecked submit;
    private final FindTask find;

    AcceptBatch(CheckTask check, SubmitChecked submit, FindTask find) {
        this.check = check;
        this.submit = submit;
        this.find = find;
    }

    /**
     * Returns when what could be accepted is committed.
     *
     * @param keys one an item
     */
    BatchView accept(Caller caller, BatchRequest batch, List<@Nullable Idempotency> keys) {
        caller.require(Role.OPERATOR);
        CallbackSecret secret = check.secretOf(caller);
        List<NewTask> tasks = new ArrayList<>();
        List<@Nullable Item> items = new ArrayList<>();
        for (int index = 0; index < keys.size(); index++) {
            try {
                tasks.add(check.check(caller, batch.items().get(index), keys.get(index), null, secret));
                items.add(null);
            } catch (ProblemException refused) {
                items.add(Item.refused(refused));
            }
        }
        List<Submission> outcomes = tasks.isEmpty() ? List.of() : submit.submitTogether(caller, tasks);
        var next = outcomes.iterator();
        return new BatchView(items.stream()
                .map(item -> item == null ? item(caller, next.next()) : item)
                .toList());
    }

    private Item item(Caller caller, Submission outcome) {
        return switch (outcome) {
            case Accepted accepted -> Item.accepted(TaskView.of(accepted));
            case Duplicate(UUID existing) -> Item.accepted(find.find(caller, existing));
            case Repeated(UUID existing) -> Item.accepted(find.find(caller, existing));
            case NoQueue(String queue) -> Item.refused(CheckTask.noQueue(caller, queue));
            case KeyTaken _ -> Item.refused(AcceptTask.reused());
        };
    }
}
