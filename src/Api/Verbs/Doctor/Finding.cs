namespace Monolith.Api.Verbs.Doctor;

/// <summary>How bad it is. A note needs nobody now.</summary>
internal enum FindingLevel
{
    Fine,
    Note,
    Fault,
}

/// <summary>What the doctor found, and, where something is to be done, what.</summary>
internal sealed record Finding(FindingLevel Level, string Area, string Text)
{
    public static Finding Fine(string area, string text) => new(FindingLevel.Fine, area, text);

    public static Finding Note(string area, string text) => new(FindingLevel.Note, area, text);

    public static Finding Fault(string area, string text) => new(FindingLevel.Fault, area, text);
}
