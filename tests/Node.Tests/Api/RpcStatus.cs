using Grpc.Core;

namespace EnergyChain.Node.Tests.Api;

/// <summary>How a call ended.</summary>
internal static class RpcStatus
{
    /// <summary>The status of the call's failure; OK where it did not fail.</summary>
    public static async Task<Status> OfAsync(Func<Task> act)
    {
        try
        {
            await act();
            return Status.DefaultSuccess;
        }
        catch (RpcException exception)
        {
            return exception.Status;
        }
    }

    public static async Task<StatusCode> CodeAsync(Func<Task> act) => (await OfAsync(act)).StatusCode;
}
