using EnergyChain.Node.Pool;
using Grpc.Core;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>
/// Turns submissions away before their bytes are read, while more waits than the next blocks take: RESOURCE_EXHAUSTED
/// with the reason. So a flood costs the node next to nothing, and what it has taken keeps its pace.
/// </summary>
internal static class OverloadGuard
{
    private static readonly string Service = $"/{Proto.ChainService.Descriptor.FullName}/";
    private static readonly PathString Single = Service + nameof(ChainRpc.SubmitTransaction);
    private static readonly PathString Many = Service + nameof(ChainRpc.SubmitTransactions);

    /// <summary>Comes before the endpoints.</summary>
    public static IApplicationBuilder UseOverloadGuard(this IApplicationBuilder application)
    {
        TransactionIntake intake = application.ApplicationServices.GetRequiredService<TransactionIntake>();
        RefusalText refusals = application.ApplicationServices.GetRequiredService<RefusalText>();
        return application.Use(next => context =>
            (context.Request.Path == Single || context.Request.Path == Many) && !intake.IsOpenToCalls
                ? Refuse(context.Response, refusals.Overloaded(intake.Waiting))
                : next(context));
    }

    // A gRPC answer of trailers alone.
    private static Task Refuse(HttpResponse response, string reason)
    {
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)StatusCode.ResourceExhausted).ToString(
            System.Globalization.CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(reason);
        return Task.CompletedTask;
    }
}
