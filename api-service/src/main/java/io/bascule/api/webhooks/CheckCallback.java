package io.bascule.api.webhooks;

import io.bascule.api.caller.Caller;
import io.bascule.api.webhooks.delivery.WebhookAddresses;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whether a task may tell of its end at an address. Where a name leads is looked at with each delivery. */
@Component
public class CheckCallback {

    private final JdbcCallbacks callbacks;
    private final WebhookAddresses addresses;

    CheckCallback(JdbcCallbacks callbacks, WebhookAddresses addresses) {
        this.callbacks = callbacks;
        this.addresses = addresses;
    }

    /** What to change about the address; empty when nothing is wrong. */
    public Optional<String> problem(Caller caller, String url) {
        return WantedUrl.problem(url, addresses.of(caller.workspaceName()));
    }

    /** For as long as a request takes. */
    public CallbackSecret secretOf(Caller caller) {
        return new CallbackSecret(caller, () -> callbacks.hasSecret(caller.workspace()));
    }
}
