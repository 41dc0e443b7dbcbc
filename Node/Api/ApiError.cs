using EnergyChain.Contracts.Views;
using Grpc.Core;

namespace EnergyChain.Node.Api;

/// <summary>The statuses of the public API, each with a sentence that says what to change.</summary>
internal static class ApiError
{
    public static RpcException Invalid(string field, string why) =>
        new(new Status(StatusCode.InvalidArgument, $"{field}: {why}"));

    public static RpcException NotFound(string what) => new(new Status(StatusCode.NotFound, what));

    public static RpcException NotKept(string what) => new(new Status(StatusCode.Unimplemented, what));

    public static RpcException TooMuch(string what) => new(new Status(StatusCode.ResourceExhausted, what));

    /// <summary>The record was erased by a decision of the council, which the sentence names.</summary>
    public static RpcException Erased(RecordErasure erasure) => new(new Status(
        StatusCode.FailedPrecondition,
        $"The record of transaction {erasure.TransactionId} was {erasure.Sentence}."));

    /// <summary>A bug that is noticed and told; see also <see cref="ApiInterceptor"/>.</summary>
    public static RpcException Failed(string what) => new(new Status(StatusCode.Internal, what));

    public static RpcException Unavailable(string what) => new(new Status(StatusCode.Unavailable, what));
}
