namespace EnergyChain.Node.Index;

/// <summary>Puts the history index into a node's host; without it the API has no history.</summary>
public static class HistoryIndexExtensions
{
    /// <param name="services">The host's services.</param>
    /// <param name="path">The folder of its files.</param>
    /// <param name="keepDays">Days, by the chain's time, after which whole files go; 0 keeps all.</param>
    public static IServiceCollection AddHistoryIndex(this IServiceCollection services, string path, int keepDays = 0)
    {
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(
            new HistoryIndexOptions { Path = path, KeepDays = keepDays }));
        services.AddSingleton<HistoryIndex>();
        services.AddHostedService(static provider => provider.GetRequiredService<HistoryIndex>());
        return services;
    }
}
