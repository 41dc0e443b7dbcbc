namespace EnergyChain.Dashboard.Commands;

/// <summary>A parent's pipe as the sign to stop: when the parent is gone, however it went, so is this.</summary>
internal static class InputEnd
{
    public static async Task StopAsync(IHostApplicationLifetime lifetime)
    {
        await using Stream input = Console.OpenStandardInput();
        try
        {
            // What the parent writes has no meaning.
            await input.CopyToAsync(Stream.Null, lifetime.ApplicationStopping);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // It stops for another reason, or the pipe broke: both end here.
        }

        lifetime.StopApplication();
    }
}
