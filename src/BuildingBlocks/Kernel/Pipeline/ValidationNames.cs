using System.Reflection;
using System.Runtime.CompilerServices;
using FluentValidation;
using Monolith.Kernel.Json;

namespace Monolith.Kernel.Pipeline;

/// <summary>Complaints name fields as the wire does, also for a validator that a test builds without the host.</summary>
internal static class ValidationNames
{
#pragma warning disable CA2255 // the library's setting is global; a validator built before it was made would name its fields differently
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Apply()
    {
        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) => member switch
        {
            null => null,
            PropertyInfo property when property.PropertyType.IsDefined(typeof(FlattenedAttribute)) => "", // its parts stand on their own in a query
            _ => WireJson.Name(member.Name),
        };
        ValidatorOptions.Global.DisplayNameResolver = (_, member, _) => member is null ? null : WireJson.Name(member.Name);
    }
}
