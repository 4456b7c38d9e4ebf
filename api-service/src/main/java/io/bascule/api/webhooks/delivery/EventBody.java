package io.bascule.api.webhooks.delivery;

import io.bascule.events.CloudEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** An event as it is sent: CloudEvents 1.0 in structured mode, JSON. */
public final class EventBody {

    private static final JsonMapper JSON = JsonMapper.shared();

    private EventBody() {}

    public static String of(CloudEvent event) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("specversion", "1.0");
        body.put("id", event.id());
        body.put("source", CloudEvent.SOURCE);
        body.put("type", event.type());
        body.put("subject", event.subject());
        body.put("time", event.time().toString());
        if (event.workspace() != null) {
            body.put("workspaceid", event.workspace().toString());
        }
        body.put("datacontenttype", "application/json");
        body.put("data", new RawValue(event.data()));
        return JSON.writeValueAsString(body);
    }
}
