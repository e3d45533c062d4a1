namespace Monolith.Kernel.Authorization;

/// <summary>What may be done to an object. The set is closed; names on the wire are the snake_case forms.</summary>
/// <remarks>Source: the operating contract, section 2, and the public API reference of the Members routes.</remarks>
public enum PermissionAction : byte
{
    /// <summary><c>*</c>: every action that the resource type declares. Legal in a permission, never in a question.</summary>
    Any = 0,
    ApplicationConnect,
    Assign,
    Create,
    CreateAgent,
    Delete,
    DeleteAgent,
    Read,
    ReadPersonal,
    Share,
    Ssh,
    Start,
    Stop,
    Unassign,
    Update,
    UpdateAgent,
    UpdatePersonal,
    Use,
    ViewInsights,
}
