namespace Monolith.Members.Dashboard.Organizations;

/// <summary>The texts of an organization, as a form holds them.</summary>
internal sealed record OrganizationForm(string Name, string DisplayName, string Description, string Icon)
{
    public static OrganizationForm Empty { get; } = new("", "", "", "");

    /// <summary>The fields that show their complaints themselves.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["name", "display_name", "description", "icon"];

    /// <summary>True when the form of this name was sent.</summary>
    public static bool IsSent(HttpContext http, string form) => http.Request.HasFormContentType && http.Request.Form["_handler"] == form;

    /// <summary>What was typed into the form; <paramref name="otherwise"/> when it was not sent.</summary>
    public static OrganizationForm Read(HttpContext http, string form, OrganizationForm otherwise)
    {
        if (!IsSent(http, form))
            return otherwise;
        var sent = http.Request.Form;

        // Browsers send other line ends than clients of the API.
        return new(sent["name"].ToString(), sent["display_name"].ToString(), sent["description"].ToString().ReplaceLineEndings("\n"), sent["icon"].ToString());
    }
}
