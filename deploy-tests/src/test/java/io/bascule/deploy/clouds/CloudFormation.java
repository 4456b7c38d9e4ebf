package io.bascule.deploy.clouds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.Construct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads CloudFormation as people write it: short forms become long ones and anchors are followed, which CloudFormation itself
 * does not do; {@code @{/a/b}} becomes that number of {@code deploy/scaling.yaml}.
 */
final class CloudFormation {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NUMBER = Pattern.compile("@\\{(/[^}]*)}");

    private CloudFormation() {}

    static ObjectNode resource(String name) {
        try (InputStream file = Objects.requireNonNull(CloudFormation.class.getResourceAsStream(name), name)) {
            return read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode read(String text) {
        Object content = new Yaml(new ShortForms()).load(withNumbers(text));
        return JSON.valueToTree(content);
    }

    static String withNumbers(String text) {
        return NUMBER.matcher(text).replaceAll(match -> {
            JsonNode number = Component.NUMBERS.at(match.group(1));
            if (!number.isValueNode() || number.isMissingNode()) {
                throw new IllegalArgumentException(match.group(1) + " (expected: a place in deploy/scaling.yaml)");
            }
            return number.asText();
        });
    }

    /** {@code !Ref a} and its like. */
    private static final class ShortForms extends SafeConstructor {

        ShortForms() {
            super(new LoaderOptions());
            Construct function = new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    String name = node.getTag().getValue().substring(1);
                    return Map.of(
                            name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name, value(name, node));
                }
            };
            yamlMultiConstructors.put("!", function);
        }

        private Object value(String name, Node node) {
            return switch (node) {
                case ScalarNode scalar
                when name.equals("GetAtt") -> List.of(scalar.getValue().split("\\.", 2));
                case ScalarNode scalar -> scalar.getValue();
                case SequenceNode sequence -> constructSequence(sequence);
                case MappingNode mapping -> constructMapping(mapping);
                default -> throw new IllegalArgumentException(node.toString());
            };
        }
    }
}
