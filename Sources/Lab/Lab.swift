import GANEngine
import WebServer
