using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Monolith.Api.Description;

/// <summary>What the comments of the code say about a type or a member, so that nothing is written twice. The compiler puts them beside each assembly.</summary>
internal static partial class DocComments
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> Files = new();

    /// <summary>The summary of a type; null when it has none.</summary>
    public static string? OfType(Type type) => Find(type.Assembly, "T:" + NameOf(type)) is { } found ? Text(found.Element("summary")) : null;

    /// <summary>The summary of a property, or what the type says about the parameter of that name.</summary>
    public static string? OfMember(Type owner, JsonPropertyInfo member)
    {
        if (member.AttributeProvider is not PropertyInfo property)
            return null;
        var own = Find(owner.Assembly, $"P:{NameOf(property.DeclaringType ?? owner)}.{property.Name}");
        return Text(own?.Element("summary"))
            ?? Text(Find(owner.Assembly, "T:" + NameOf(owner))?.Elements("param").FirstOrDefault(one => (string?)one.Attribute("name") == property.Name));
    }

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static XElement? Find(Assembly assembly, string name) => Files.GetOrAdd(assembly, Read).GetValueOrDefault(name);

    private static Dictionary<string, XElement> Read(Assembly assembly)
    {
        var name = $"{assembly.GetName().Name}.xml";
        using var embedded = typeof(DocComments).Assembly.GetManifestResourceStream($"comments/{name}");
        var beside = Path.Combine(AppContext.BaseDirectory, name);
        var document = embedded is not null ? XDocument.Load(embedded) : File.Exists(beside) ? XDocument.Load(beside) : null;
        return document?.Descendants("member").DistinctBy(one => (string?)one.Attribute("name")).ToDictionary(one => (string)one.Attribute("name")!) ?? [];
    }

    // References become the names that the wire has, where they name something of the wire.
    private static string? Text(XElement? element)
    {
        if (element is null)
            return null;
        var words = string.Concat(element.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement one when (one.Attribute("name") ?? one.Attribute("cref") ?? one.Attribute("langword")) is { } named => $"`{Kernel.Json.WireJson.Name(named.Value.Split('.', ':')[^1])}`",
            XElement other => other.Value,
            _ => "",
        }));
        return Blanks().Replace(words, " ").Trim() is { Length: > 0 } text ? text : null;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
