package dev.koine.openai;

import dev.koine.simulator.SimulatedDialect;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.testkit.Behavior;
import dev.koine.testkit.DialectContract;
import java.util.Map;
import java.util.Optional;

class OpenAiContractTest extends DialectContract {
    @Override
    protected ProviderSpi spi() {
        return new OpenAiProvider();
    }

    @Override
    protected boolean supports(Behavior behavior) {
        return behavior != Behavior.PLUGIN;
    }

    @Override
    protected ProviderConfig config() {
        return ProviderConfig.builder("contract").baseUrl("https://api.example.com").build();
    }

    @Override
    protected Optional<SimulatedDialect> simulated() {
        return Optional.of(SimulatedDialect.OPENAI);
    }

    @Override
    protected Map<String, String> presetRequests() {
        return Map.ofEntries(
                Map.entry("openai", "https://api.openai.com/v1/chat/completions bearer"),
                Map.entry("openrouter", "https://openrouter.ai/api/v1/chat/completions bearer"),
                Map.entry("groq", "https://api.groq.com/openai/v1/chat/completions bearer"),
                Map.entry("deepseek", "https://api.deepseek.com/v1/chat/completions bearer"),
                Map.entry("mistral", "https://api.mistral.ai/v1/chat/completions bearer"),
                Map.entry("together", "https://api.together.xyz/v1/chat/completions bearer"),
                Map.entry("xai", "https://api.x.ai/v1/chat/completions bearer"),
                Map.entry("fireworks", "https://api.fireworks.ai/inference/v1/chat/completions bearer"),
                Map.entry("cerebras", "https://api.cerebras.ai/v1/chat/completions bearer"),
                Map.entry("gemini", "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions bearer"),
                Map.entry("huggingface", "https://router.huggingface.co/v1/chat/completions bearer"),
                Map.entry("cohere", "https://api.cohere.ai/compatibility/v1/chat/completions bearer"),
                Map.entry("portkey", "https://api.portkey.ai/v1/chat/completions header:x-portkey-api-key"),
                Map.entry("zai", "https://api.z.ai/api/paas/v4/chat/completions bearer"),
                Map.entry("zhipu", "https://open.bigmodel.cn/api/paas/v4/chat/completions bearer"),
                Map.entry("ernie", "https://qianfan.baidubce.com/v2/chat/completions bearer"),
                Map.entry("ai21", "https://api.ai21.com/studio/v1/chat/completions bearer"),
                Map.entry("cloudflare",
                        "https://api.cloudflare.com/client/v4/accounts/account/ai/v1/chat/completions bearer"),
                Map.entry("deepinfra", "https://api.deepinfra.com/v1/openai/chat/completions bearer"),
                Map.entry("dashscope", "https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions bearer"),
                Map.entry("dashscope-intl",
                        "https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions bearer"),
                Map.entry("moonshot", "https://api.moonshot.ai/v1/chat/completions bearer"),
                Map.entry("crusoe", "https://api.inference.crusoecloud.com/v1/chat/completions bearer"),
                Map.entry("snowflake",
                        "https://account.snowflakecomputing.com/api/v2/cortex/v1/chat/completions bearer"),
                Map.entry("venice", "https://api.venice.ai/api/v1/chat/completions bearer"),
                Map.entry("vercel", "https://ai-gateway.vercel.sh/v1/chat/completions bearer"),
                Map.entry("bedrock-mantle", "https://bedrock-mantle.region.api.aws/v1/chat/completions bearer"),
                Map.entry("ollama-cloud", "https://ollama.com/v1/chat/completions bearer"),
                Map.entry("lmstudio", "http://localhost:1234/v1/chat/completions bearer"),
                Map.entry("ollama", "http://localhost:11434/v1/chat/completions bearer"),
                Map.entry("llamacpp", "http://localhost:8080/v1/chat/completions bearer"),
                Map.entry("vllm", "http://localhost:8000/v1/chat/completions bearer"),
                Map.entry("tgi", "http://localhost:8080/v1/chat/completions bearer"),
                Map.entry("localai", "http://localhost:8080/v1/chat/completions bearer"),
                Map.entry("jan", "http://localhost:1337/v1/chat/completions bearer"),
                Map.entry("litellm", "http://localhost:4000/v1/chat/completions bearer"));
    }
}
