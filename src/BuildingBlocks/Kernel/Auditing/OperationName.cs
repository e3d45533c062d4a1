using System.Text;

namespace Monolith.Kernel.Auditing;

/// <summary>What a command is called in the audit log, read from its type: <c>CreateCustomRoleCommand</c> is <c>CreateCustomRole</c>, and creates a <c>custom_role</c>.</summary>
internal sealed record OperationName(string Operation, AuditAction Action, string ResourceType)
{
    private const string Suffix = "Command";

    private static readonly Dictionary<string, AuditAction> Verbs = new(StringComparer.Ordinal)
    {
        ["Create"] = AuditAction.Create,
        ["Add"] = AuditAction.Create,
        ["Upload"] = AuditAction.Create,
        ["Import"] = AuditAction.Create,
        ["Report"] = AuditAction.Create,
        ["Delete"] = AuditAction.Delete,
        ["Remove"] = AuditAction.Delete,
        ["Login"] = AuditAction.Login,
        ["Logout"] = AuditAction.Logout,
    };

    public static OperationName Of(Type command)
    {
        var name = command.Name.EndsWith(Suffix, StringComparison.Ordinal) ? command.Name[..^Suffix.Length] : command.Name;
        var end = name.Skip(1).TakeWhile(c => !char.IsAsciiLetterUpper(c)).Count() + 1;
        var action = Verbs.GetValueOrDefault(name[..end], AuditAction.Write);
        var resource = action is AuditAction.Login or AuditAction.Logout ? "api_key" : SnakeCase(name[end..]);
        return new(name, action, resource);
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
            (char.IsAsciiLetterUpper(c) && text.Length > 0 ? text.Append('_') : text).Append(char.ToLowerInvariant(c));
        return text.ToString();
    }
}
