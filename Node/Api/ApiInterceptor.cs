using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EnergyChain.Node.Api;

/// <summary>
/// Gives every failure a precise status: what the services did not decide themselves is a deadline, a hang-up, a
/// stopping node, or a bug, which is logged and told to the caller as INTERNAL without its insides.
/// </summary>
internal sealed class ApiInterceptor(ILogger<ApiInterceptor> logger, IHostApplicationLifetime lifetime) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context);
        }
    }

    private RpcException Translate(Exception exception, ServerCallContext context)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return ApiError.Unavailable("This node is stopping.");
        }

        if (context.CancellationToken.IsCancellationRequested)
        {
            return new RpcException(new Status(StatusCode.Cancelled, "The caller hung up or its deadline passed."));
        }

        ApiLog.CallFailed(logger, context.Method, exception);
        return new RpcException(new Status(StatusCode.Internal, "The node failed; its log says why."));
    }
}
