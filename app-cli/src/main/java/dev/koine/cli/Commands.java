package dev.koine.cli;

import dev.koine.cli.ask.Ask;
import dev.koine.cli.ask.Embed;
import dev.koine.cli.chat.Chat;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Version;
import dev.koine.cli.config.ConfigExplain;
import dev.koine.cli.config.ConfigGet;
import dev.koine.cli.config.ConfigPath;
import dev.koine.cli.config.ConfigSchema;
import dev.koine.cli.config.ConfigSet;
import dev.koine.cli.config.ConfigShow;
import dev.koine.cli.config.ConfigTrust;
import dev.koine.cli.config.ConfigUnset;
import dev.koine.cli.config.ConfigValidate;
import dev.koine.cli.demo.Demo;
import dev.koine.cli.doctor.Doctor;
import dev.koine.cli.keys.KeysList;
import dev.koine.cli.keys.KeysRemove;
import dev.koine.cli.keys.KeysRotate;
import dev.koine.cli.keys.KeysSet;
import dev.koine.cli.keys.KeysTesting;
import dev.koine.cli.models.ModelsAdd;
import dev.koine.cli.models.ModelsAlias;
import dev.koine.cli.models.ModelsCatalogue;
import dev.koine.cli.models.ModelsDefault;
import dev.koine.cli.models.ModelsList;
import dev.koine.cli.models.ModelsRefresh;
import dev.koine.cli.models.ModelsRemove;
import dev.koine.cli.models.ModelsRename;
import dev.koine.cli.models.ModelsSet;
import dev.koine.cli.models.ModelsShow;
import dev.koine.cli.plugins.PluginsAdd;
import dev.koine.cli.plugins.PluginsList;
import dev.koine.cli.plugins.PluginsNew;
import dev.koine.cli.plugins.PluginsReload;
import dev.koine.cli.plugins.PluginsRemove;
import dev.koine.cli.plugins.PluginsShow;
import dev.koine.cli.plugins.PluginsSwitch;
import dev.koine.cli.plugins.PluginsTrust;
import dev.koine.cli.plugins.PluginsVerify;
import dev.koine.cli.providers.Init;
import dev.koine.cli.providers.ProvidersAdd;
import dev.koine.cli.providers.ProvidersDiscover;
import dev.koine.cli.providers.ProvidersList;
import dev.koine.cli.providers.ProvidersPresets;
import dev.koine.cli.providers.ProvidersProbe;
import dev.koine.cli.providers.ProvidersRemove;
import dev.koine.cli.providers.ProvidersSet;
import dev.koine.cli.providers.ProvidersShow;
import dev.koine.cli.providers.ProvidersTesting;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All commands, by the words that call them. The one place where a command is entered. */
final class Commands {
    /** What stands at a word: a command, or a noun with its verbs. */
    sealed interface Entry {
        String name();

        String summary();
    }

    /** A word that does something. */
    record Verb(String name, String summary, Supplier<Command> command) implements Entry {}

    /** A word that wants another. */
    record Noun(String name, String summary, List<Verb> verbs) implements Entry {
        Optional<Verb> verb(String word) {
            String meant = switch (word) {
                case "ls" -> "list";
                case "rm" -> "remove";
                default -> word;
            };
            return verbs.stream().filter(verb -> verb.name().equals(meant)).findFirst();
        }
    }

    /** A heading of {@code koine --help} with what stands below it. */
    record Group(String title, List<Entry> entries) {}

    static final List<Group> GROUPS = List.of(
            new Group("Work", List.of(
                    new Verb("ask", "one question, one answer", Ask::new),
                    new Verb("chat", "talk with a model", Chat::new),
                    new Verb("embed", "texts to vectors", Embed::new),
                    new Verb("demo", "every kind of endpoint, end to end, offline", Demo::new))),
            new Group("Set up", List.of(
                    new Verb("init", "step by step", Init::new),
                    new Noun("providers", "where answers come from", List.of(
                            new Verb("list", "the providers, and where requests go", ProvidersList::new),
                            new Verb("show", "one provider", ProvidersShow::new),
                            new Verb("add", "a preset, a URL, or a custom endpoint", ProvidersAdd::new),
                            new Verb("set", "one setting", ProvidersSet::new),
                            new Verb("remove", "a provider and its models", ProvidersRemove::new),
                            new Verb("test", "in stages, up to the first fault", ProvidersTesting::new),
                            new Verb("probe", "ask an endpoint how it speaks", ProvidersProbe::new),
                            new Verb("discover", "the servers of this machine", ProvidersDiscover::new),
                            new Verb("presets", "the services that need no URL", ProvidersPresets::new))),
                    new Noun("models", "what you ask", List.of(
                            new Verb("list", "the models", ModelsList::new),
                            new Verb("show", "one model", ModelsShow::new),
                            new Verb("add", "a model", ModelsAdd::new),
                            new Verb("set", "one setting", ModelsSet::new),
                            new Verb("rename", "another id or display name", ModelsRename::new),
                            new Verb("remove", "a model", ModelsRemove::new),
                            new Verb("default", "the model used where none is named", ModelsDefault::new),
                            new Verb("alias", "short names", ModelsAlias::new),
                            new Verb("catalogue", "files that fill in facts", ModelsCatalogue::new),
                            new Verb("refresh", "ask endpoints what they have", ModelsRefresh::new))),
                    new Noun("keys", "keys, never shown", List.of(
                            new Verb("set", "store a key, or say where it is", KeysSet::new),
                            new Verb("list", "where keys are", KeysList::new),
                            new Verb("test", "whether endpoints take them", KeysTesting::new),
                            new Verb("rotate", "exchange a key, once the new one passes", KeysRotate::new),
                            new Verb("remove", "forget a key", KeysRemove::new))),
                    new Noun("config", "the configuration file", List.of(
                            new Verb("path", "where files are", ConfigPath::new),
                            new Verb("show", "the settings in effect", ConfigShow::new),
                            new Verb("get", "one value", ConfigGet::new),
                            new Verb("set", "one value", ConfigSet::new),
                            new Verb("unset", "one value", ConfigUnset::new),
                            new Verb("validate", "find every problem", ConfigValidate::new),
                            new Verb("explain", "where a value comes from", ConfigExplain::new),
                            new Verb("trust", "the project's file", ConfigTrust::new),
                            new Verb("schema", "JSON Schema for editors", ConfigSchema::new))),
                    new Noun("plugins", "dialects from dropped jars", List.of(
                            new Verb("list", "dialects and jars", PluginsList::new),
                            new Verb("show", "one plugin", PluginsShow::new),
                            new Verb("add", "check a jar and copy it in", PluginsAdd::new),
                            new Verb("trust", "let a jar run", PluginsTrust::new),
                            new Verb("disable", "keep a plugin from running", () -> new PluginsSwitch(false)),
                            new Verb("enable", "let it run again", () -> new PluginsSwitch(true)),
                            new Verb("remove", "delete a plugin", PluginsRemove::new),
                            new Verb("reload", "what has changed", PluginsReload::new),
                            new Verb("verify", "check a jar that nobody trusts", PluginsVerify::new),
                            new Verb("new", "a project of a dialect of your own", PluginsNew::new))))),
            new Group("Look", List.of(
                    new Verb("doctor", "what is wrong, and what mends it", Doctor::new),
                    new Verb("help", "a topic, or a command", Help::new),
                    new Verb("version", "what this is made of", Version::new))));

    private Commands() {}

    static Stream<Entry> all() {
        return GROUPS.stream().flatMap(group -> group.entries().stream());
    }

    static Optional<Entry> find(String word) {
        return all().filter(entry -> entry.name().equals(word)).findFirst();
    }

    /** Return the words that call each command, such as {@code providers add}. */
    static List<String> names() {
        return all().flatMap(entry -> switch (entry) {
            case Verb verb -> Stream.of(verb.name());
            case Noun noun -> noun.verbs().stream().map(verb -> noun.name() + " " + verb.name());
        }).toList();
    }
}
