using Monolith.Kernel.Results;

namespace Monolith.Kernel.Messaging;

/// <summary>Something that was read from a body and may be unreadable. Every property of a request whose type is one is found by the pipeline, which reports its error after authorization.</summary>
public interface IRequestBody
{
    /// <summary>Why the body cannot be used, or null.</summary>
    Error? Error { get; }
}
