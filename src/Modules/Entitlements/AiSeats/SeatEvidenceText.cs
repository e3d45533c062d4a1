namespace Monolith.Entitlements.AiSeats;

/// <summary>How a use of AI is described.</summary>
internal static class SeatEvidenceText
{
    public const string Task = "start build of a task workspace";

    public static string Bridge(string provider, string model) => $"provider={provider}, model={model}";

    /// <summary>For people: without the names of the parts.</summary>
    public static string Shown(string description) =>
        description.Replace("provider=", "", StringComparison.Ordinal).Replace(", model=", ", ", StringComparison.Ordinal);
}
