package dev.koine.openai;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.spi.Auth;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
    private static final Map<String, String> REQUESTS = Map.ofEntries(
            Map.entry("openai", "https://api.openai.com/v1/chat/completions"),
            Map.entry("openrouter", "https://openrouter.ai/api/v1/chat/completions"),
            Map.entry("groq", "https://api.groq.com/openai/v1/chat/completions"),
            Map.entry("deepseek", "https://api.deepseek.com/v1/chat/completions"),
            Map.entry("mistral", "https://api.mistral.ai/v1/chat/completions"),
            Map.entry("together", "https://api.together.xyz/v1/chat/completions"),
            Map.entry("xai", "https://api.x.ai/v1/chat/completions"),
            Map.entry("fireworks", "https://api.fireworks.ai/inference/v1/chat/completions"),
            Map.entry("cerebras", "https://api.cerebras.ai/v1/chat/completions"),
            Map.entry("gemini", "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions"),
            Map.entry("huggingface", "https://router.huggingface.co/v1/chat/completions"),
            Map.entry("cohere", "https://api.cohere.ai/compatibility/v1/chat/completions"),
            Map.entry("portkey", "https://api.portkey.ai/v1/chat/completions"),
            Map.entry("zai", "https://api.z.ai/api/paas/v4/chat/completions"),
            Map.entry("zhipu", "https://open.bigmodel.cn/api/paas/v4/chat/completions"),
            Map.entry("ernie", "https://qianfan.baidubce.com/v2/chat/completions"),
            Map.entry("ai21", "https://api.ai21.com/studio/v1/chat/completions"),
            Map.entry("cloudflare", "https://api.cloudflare.com/client/v4/accounts/account/ai/v1/chat/completions"),
            Map.entry("deepinfra", "https://api.deepinfra.com/v1/openai/chat/completions"),
            Map.entry("dashscope", "https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions"),
            Map.entry("dashscope-intl", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions"),
            Map.entry("moonshot", "https://api.moonshot.ai/v1/chat/completions"),
            Map.entry("crusoe", "https://api.inference.crusoecloud.com/v1/chat/completions"),
            Map.entry("snowflake", "https://account.snowflakecomputing.com/api/v2/cortex/v1/chat/completions"),
            Map.entry("venice", "https://api.venice.ai/api/v1/chat/completions"),
            Map.entry("vercel", "https://ai-gateway.vercel.sh/v1/chat/completions"),
            Map.entry("bedrock-mantle", "https://bedrock-mantle.region.api.aws/v1/chat/completions"),
            Map.entry("ollama-cloud", "https://ollama.com/v1/chat/completions"),
            Map.entry("lmstudio", "http://localhost:1234/v1/chat/completions"),
            Map.entry("ollama", "http://localhost:11434/v1/chat/completions"),
            Map.entry("llamacpp", "http://localhost:8080/v1/chat/completions"),
            Map.entry("vllm", "http://localhost:8000/v1/chat/completions"),
            Map.entry("tgi", "http://localhost:8080/v1/chat/completions"),
            Map.entry("litellm", "http://localhost:4000/v1/chat/completions"));

    @Test
    void theKeyTravelsAsBearerTokenEverywhereButAtPortkey() throws IOException {
        presets().calls().forEach((id, call) -> assertThat(call.auth()).as(id).isEqualTo(id.equals("portkey")
                ? new Auth.Header("x-portkey-api-key", Optional.empty())
                : new Auth.Bearer(Optional.empty())));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aPresetKeepsTheRulesAndEachFactHasItsSource(String id) throws IOException {
        presets().keepsTheRules(id);
    }

    @Test
    void requestsOfEachPresetGoWhereTheServiceExpectsThem() throws IOException {
        assertThat(presets().calls().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, call -> call.getValue().uri().toString())))
                .isEqualTo(REQUESTS);
    }

    static List<String> ids() throws IOException {
        return List.copyOf(presets().ids());
    }

    private static PresetsFile presets() throws IOException {
        return new PresetsFile(new OpenAiProvider());
    }
}
