package io.bascule.deploy.clouds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bascule.deploy.Checkout;
import java.util.List;

/** CloudFormation for the API on machines of EC2, in an Auto Scaling group. */
final class MachinesTemplate {

    private MachinesTemplate() {}

    static ObjectNode template() {
        ObjectNode template = CloudFormation.resource("machines.yaml");
        ObjectNode resources = (ObjectNode) template.path("Resources");
        JsonNode machines = Component.NUMBERS.path("machines");
        ((ObjectNode) resources.at("/Machine/Properties/LaunchTemplateData/UserData/Fn::Base64"))
                .put("Fn::Sub", Checkout.text("deploy/aws/start-machine"));
        int tenth = machines.path("requests").asInt() / 10;
        ArrayNode steps = (ArrayNode) resources.at("/ByRequests/Properties/StepAdjustments");
        ((ObjectNode) steps.get(0)).put("MetricIntervalUpperBound", tenth);
        ((ObjectNode) steps.get(1)).put("MetricIntervalLowerBound", tenth);
        ((ObjectNode) steps.get(0))
                .put("ScalingAdjustment", machines.at("/steps/small").asInt());
        ((ObjectNode) steps.get(1))
                .put("ScalingAdjustment", machines.at("/steps/large").asInt());
        machines.path("schedules").properties().forEach(schedule -> {
            ObjectNode action = CloudFormation.read(
                    """
                    Type: AWS::AutoScaling::ScheduledAction
                    Properties:
                      AutoScalingGroupName: !Ref Machines
                      Recurrence: "%s"
                    """.formatted(schedule.getValue().path("at").asText()));
            ((ObjectNode) action.path("Properties"))
                    .put("MinSize", schedule.getValue().path("min").asInt())
                    .put("MaxSize", schedule.getValue().path("max").asInt())
                    .put("DesiredCapacity", schedule.getValue().path("desired").asInt());
            resources.set("At" + camel(schedule.getKey()), action);
        });
        return template;
    }

    private static String camel(String name) {
        StringBuilder text = new StringBuilder();
        for (String part : List.of(name.split("-", -1))) {
            text.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
        }
        return text.toString();
    }
}
