using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Monolith.Kernel.Json;

namespace Monolith.Architecture.Tests;

/// <summary>What the API description says that a body may hold is read by somebody, or the description says that it has no effect: nothing is dropped in silence.</summary>
public sealed class DocumentedMemberTests
{
    private const string WithoutEffect = "Accepted without effect";

    [Fact]
    public async Task Every_member_of_every_body_is_read()
    {
        var bodies = (await EndpointRequests.AllAsync())
            .Select(one => one.Endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType)
            .OfType<Type>().Distinct().ToList();
        Assert.True(bodies.Count > 15, $"{bodies.Count} bodies");
        var members = bodies.SelectMany(Documented).Distinct().ToList();
        Assert.True(members.Count > 60, $"{members.Count} members");

        var read = Readers().ToHashSet(StringComparer.Ordinal);
        Faults.None(
            from member in members
            let isRead = read.Contains($"{member.DeclaringType!.FullName!.Replace('+', '/')}::get_{member.Name}")
            let saysNone = member.GetCustomAttribute<DescriptionAttribute>()?.Description.StartsWith(WithoutEffect, StringComparison.Ordinal) == true
            where isRead == saysNone
            select $"{member.DeclaringType!.Name}.{member.Name} {(isRead ? $"is read, and says \"{WithoutEffect}\"" : $"is documented, and nobody reads it: honor it, refuse it by its name, or describe it with \"{WithoutEffect}: …\"")}");
    }

    /// <summary>The members of a body and of what stands in it, as far as they are on the wire.</summary>
    private static IEnumerable<PropertyInfo> Documented(Type type) =>
        from property in WireJson.Options.GetTypeInfo(type).Properties
        let own = property.AttributeProvider as PropertyInfo
        where own is not null && own.GetCustomAttribute<JsonIgnoreAttribute>() is null
        from one in Inner(own.PropertyType).SelectMany(Documented).Prepend(own)
        select one;

    private static IEnumerable<Type> Inner(Type type)
    {
        var element = type.IsGenericType ? type.GetGenericArguments()[^1] : type;
        return element.Assembly.GetName().Name!.StartsWith("Monolith", StringComparison.Ordinal) && element is { IsEnum: false, IsValueType: false } ? [element] : [];
    }

    /// <summary>Getters that code calls: not in validators, which only look, nor in what the compiler writes for records.</summary>
    private static IEnumerable<string> Readers() =>
        from assembly in Solution.Assemblies
        from type in ModuleDefinition.ReadModule(assembly.Location).GetTypes()
        where !IsOfValidator(type)
        from method in type.Methods
        where method.HasBody && !method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "CompilerGeneratedAttribute" && !method.Name.Contains('<', StringComparison.Ordinal))
        from instruction in method.Body.Instructions
        where instruction.OpCode.Code is Code.Call or Code.Callvirt
        let called = (MethodReference)instruction.Operand
        where called.Name.StartsWith("get_", StringComparison.Ordinal)
        select $"{called.DeclaringType.FullName}::{called.Name}";

    private static bool IsOfValidator(TypeDefinition? type) =>
        type is not null && (IsValidator(type.BaseType) || IsOfValidator(type.DeclaringType));

    private static bool IsValidator(TypeReference? type) =>
        type is not null && (type.Name.StartsWith("AbstractValidator", StringComparison.Ordinal) || IsValidator(type.Resolve()?.BaseType));
}
