namespace Monolith.Kernel.Modules;

/// <summary>A setting that can be judged only when every module is registered. Register it as a singleton.</summary>
public interface IStartCheck
{
    /// <summary>Throws a <see cref="Settings.SettingException"/>, which stops the start with its one line. No database is made before; one that is there may be started meanwhile, and is stopped again.</summary>
    void Check();
}
